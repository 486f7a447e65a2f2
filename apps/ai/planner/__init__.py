"""What plans a trip and reads a sentence: one port, an embedded and an OpenAI implementation."""
