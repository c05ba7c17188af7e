command: ping -c 1 2001:db8::10
host: cli
at: 1795350600.25
exit: 0
