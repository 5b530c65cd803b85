"""Spot checks of product quality in Shandong (鲁市监质监规字〔2021〕1号)."""
