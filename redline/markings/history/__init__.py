"""What the markings of a whole paper tell: its levels, who decided what, and when."""
