command: cat /proc/net/snmp /proc/net/netstat
host: srv
at: 1795350600.25
unread: 3,7
