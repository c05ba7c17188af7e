command: cat /proc/net/snmp
host: srv
at: 1795350600.25
unread: 2
