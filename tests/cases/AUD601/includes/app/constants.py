ALPHA = "/alpha"
BETA = "/beta"
