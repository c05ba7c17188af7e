command: gcloud compute firewall-rules list
host: srv
at: 1795350600.25
exit: 0
