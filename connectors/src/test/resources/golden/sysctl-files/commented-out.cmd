command: systemd-analyze cat-config sysctl.d
host: srv
at: 1795350600.25
exit: 0
recognised: no
