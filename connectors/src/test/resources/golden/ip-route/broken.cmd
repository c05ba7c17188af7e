command: ip -j route show table all
host: srv
at: 1795350600.25
exit: 0
unread: 0
