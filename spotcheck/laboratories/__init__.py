"""What programs of laboratories read and do (Articles 26 to 32): one address for each step of their day.

They stand on ``api``; who sees what is said in ``casework``, and every act goes through ``casework.doing.do``.
"""
