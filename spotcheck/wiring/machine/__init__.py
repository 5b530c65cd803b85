"""One machine: its folders, the embedded servers, child processes, what npm brings, and what ./run starts."""
