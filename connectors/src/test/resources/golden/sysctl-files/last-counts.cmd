command: cat /etc/sysctl.d/10-a.conf /etc/sysctl.d/20-b.conf
host: srv
at: 1795350600.25
exit: 0
recognised: no
