command: ip6tables -L -n -v
host: srv
at: 1795350600.25
exit: 0
