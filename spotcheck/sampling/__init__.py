"""第三章 抽样 — Articles 12 to 26.

Two samplers show Form 1 (13), check the firm (14, 15), take, document, pay and seal (16 to 18). The firm may
refuse on five grounds (19); sampling may be impossible (20) or obstructed (21). Online the sample is bought as
a consumer (23 to 26). Two units come of it, and their custody is recorded to the end.

    flow/           the charts of sampling, purchase and sample unit
    requirements.py what forbids an act             consequences.py  what follows by itself
"""
