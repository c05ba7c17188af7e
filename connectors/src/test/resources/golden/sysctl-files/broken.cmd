command: cat /etc/sysctl.d/99-wg.conf
host: srv
at: 1795350600.25
exit: 0
recognised: no
