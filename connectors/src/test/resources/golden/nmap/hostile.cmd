command: nmap -sU 203.0.113.61
host: cli
at: 1795350600.25
unread: 0
