command: ss -lunp
host: srv
at: 1795350884.961
exit: 0
