"""One machine: its folders, the embedded servers, child processes, fonts, and what ./run starts."""
