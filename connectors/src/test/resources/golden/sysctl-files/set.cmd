command: grep -rs ip_forward /etc/sysctl.conf /etc/sysctl.d
host: srv
at: 1795350600.25
exit: 0
recognised: no
