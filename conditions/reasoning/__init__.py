"""The reasoning: a patient picture and a knowledge release in, an interpretation out.

Plain Python. It imports neither Django nor anything else of this project.
"""

ENGINE = "1"
"""The version of the reasoning. The same engine and the same digest say the same of the same picture."""
