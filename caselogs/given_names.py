"""Given names often met in the United Kingdom, so that a log can warn before it names somebody.

Not complete, and it need not be: it is a kind question, never a gate.
"""

# Names that are hardly ever another English word: noticed in any letter case.
GIVEN_NAMES = frozenset(
    """
    aaliyah aaron abdul abdullah abigail adam adele adrian agnieszka ahmed aidan aisha alan
    alana albert alejandro aleksandra alex alexander alexandra alfie alice alicia alina alison
    amanda amara amelia amelie amina aminata amir amira amit amrit amy ananya andrea andreea
    andrew andrzej angela angus anika anita anna annabelle anne annie anthony anya aoife
    arabella archie arjun arthur arya asha ashley asif asma audrey ava ayaan ayesha azra barbara
    bartek beatrice benjamin bethany bilal bogdan bradley brandon brian bronwyn caitlin callum
    cameron carlos caroline carys catherine cerys charles charlie charlotte chiamaka chidi chloe
    chloë christine christopher ciara claire clara connor craig cristina daniel daniela danielle
    daria darren david dawid deborah declan denise diana dilys dominic donna dorota dylan edward
    eilidh elaine eleanor elena eliza elizabeth ella ellen ellie elliot elsie emeka emilia emily
    emma erin ethan evelyn evie ewa fahad faisal farah fatima fatoumata felix finlay fiona
    florence francesca francis freddie freya gabriel gabriela gareth gary gavin gemma geoffrey
    george georgia georgina gerald gethin gillian giulia gloria graham gurpreet gwen habiba
    hafsa hamza hannah haris harjit harpreet harriet harrison harry hasan hassan heather helen
    henry hiba hussain ian ibrahim idris ifeoma imogen imran ioan ioana isaac isabel isabella
    isabelle isla ismail isobel ivan iwona izabela jackson jacob jacqueline jakub jamal james
    jamie jana janet janice jason javed jayden jayne jennifer jeremy jessica joan joanna joanne
    joao joe joel johan johannes john jonathan jose joseph joshua joyce jude judith julia julian
    julie justin kai kamal karen karolina kasia katarzyna kate katherine kathleen katie kavita
    keith kelly kemi kenneth kerry kevin khadija khalid kieran kimberley kiran kirsty krishna
    krystyna kwame kyle laila lara laura lauren layla leah leanne leila lena leo leon leonard
    lewis liam liliana linda lisa logan lorraine louis louise lucas lucia lucy luis luke lydia
    lynn maciej maddison madison mahmoud maia maisie malik manjit marcin margaret maria mariam
    marie marina marion marta martha martin martyna mary maryam matilda matteo matthew maya
    małgorzata meera megan mehmet melissa mia michael michal michelle miguel mihai mila millie
    miriam mohamed mohammad mohammed molly monica monika morgan mostafa muhammad mustafa myra
    nadia naila naomi natalia natalie natasha nathan neha neil ngozi niamh nicholas nicola
    nicole nigel nikhil nikita nina noah noor nora nusrat oakley oliver olivia olumide omar orla
    osama oscar oskar owen pamela parveen patricia patrick paul paula pauline pawel penelope
    peter philip phillip phoebe piotr pooja prakash priya rachel rafael rahul rajesh ramesh
    rashid rebecca reece reggie rhiannon rhys richard rico riya robert rohan roisin ronald rosie
    roxanne rukhsana ryan róisín saanvi sabrina safiya sahil saima sajid salma samantha samina
    samir samira samuel sandeep sandra sanjay saoirse sara sarah scarlett scott sean sebastian
    seren shabana shahid shamima sharon shaun shauna sheila shirley shivani shona sian silvia
    simon simran sinead siobhan siân sofia sonia sophia sophie stacey stefan stephanie stephen
    steven stuart sukhdeep sunita suresh susan susanna svetlana sylvia tadhg tahira tamara
    tanisha tanya tariq tatiana temitope terence teresa thea theo theodore theresa thomas
    tiffany tilly timothy tomasz tracey tracy trevor tyler uma usman valentina valerie vanessa
    victoria vijay vikram vincent wafa wayne wendy weronika wiktoria william yasmin yasmine
    yetunde yolanda youssef yusra yusuf yvonne zachary zahra zainab zara zeynep zoe zofia zoë
    zuzanna
    """.split()  # noqa: SIM905
)

# Names that are words as well: noticed when they have a capital inside a sentence.
ALSO_WORDS = frozenset(
    """
    abel ali amber angel aria ash aurora autumn basil bea bella ben beth bill blake bob brook
    carol chase chris clay cliff colin daisy dale dan dawn dean dev dot drew ed eden eve faith
    fay finn fleur flora frank fred gene glen grace grant guy harper hazel heath holly honey
    hope hunter iris ivy jack jade jai jasmine jasper jay jean jo jordan josh joy kay ken kit
    lane lee lei lily luna mae mark mason matt max mei melody miles mo nan nick norma oak olive
    pat pearl penny pete poppy rani ray reed rich rio rob robin roman rosa rose rosemary roy
    ruby rue rui ruth sam sami sandy sienna sky skye sol stella su sue summer ted tim toby tom
    tony una vera victor violet wade warren wei wes will willow win yan zak
    """.split()  # noqa: SIM905
)
