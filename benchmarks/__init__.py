"""What pages and slow work cost, each held against the smallest program that does the same job.

A bench is one file here with
    NAME       how it is called in the table
    BAR        the highest ratio ours / floor that is good enough, or None for orientation only
    QUERIES    (optional) the most queries that one `ours` may make
    LARGEST    (optional) the most bytes that `ours` may give back
    SIZES      (optional) sizes to measure one after the other, each handed to `prepare`
    prepare()  makes what is needed, once, and gives back a state that the next two receive
    floor(state), ours(state)    one unit of work each
and, where CPU time of many small calls is not the question,
    missing()                (optional) what this machine lacks, in a sentence; left out then
    compared(state, rounds)  (optional) a `measure.Result` made in its own way, without the two
                             (wall time, one long call a round, percentiles; in milliseconds)
    notes(state)             (optional) sentences below the row, asked for after the measuring
    clear(state)             (optional) whatever `prepare` started has ended, even after a fault
Floors that several benches share stand in `floors/`.
"""
