"""The commands, one module each: EXAMPLE, add_arguments(parser, lang), run(options, lang)."""
