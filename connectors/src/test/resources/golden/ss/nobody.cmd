command: ss -lunp
host: srv
at: 1795350952.242
exit: 0
