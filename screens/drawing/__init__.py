"""How text is drawn: literal, in the theme's styles, with words for ids."""
