"""Comparing two drafts of a form: 修改对照表."""
