"""Options that are alike in every stack: one module an option, with the view of its files.

`templates/shared/OPTION/` mirrors the service, as a stack's tree does; `view_of(service)` of the
option's module gives what its templates see.
"""
