command: conntrack -L -p tcp
host: srv
at: 1795350600.25
exit: 0
