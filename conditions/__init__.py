"""What is known, who may change it, and how it speaks of a patient."""
