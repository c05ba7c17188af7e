command: cat /proc/net/nf_conntrack
host: srv
at: 1795350600.25
exit: 0
