#!/usr/bin/env bash
# npm run demo: from a fresh clone to two cloud zones merged into one region, on real servers in a lab on this machine.
set -euo pipefail
cd "$(dirname "$0")/../.."
source test/setup.sh
npm run --silent build
bash test/lab/lab.sh up --site devops
if [ -d .lab/devops/merged ] || [ -f .lab/devops/merged ]; then bash test/lab/lab.sh reset; fi
touch .lab/devops/merged

export ANSIBLE_SSH_COMMON_ARGS="-F $PWD/.lab/devops/ssh_config"
command=(node dist/tsplay.js run playbooks/region-merge.yml -i inventory/ "$@")
printf '\n$ %s\n' "tsplay ${command[*]:2}"
.lab/devops/net-enter "${command[@]}"

cat <<'END'

Two zones are one region now. The lab is still up; look around:

  export ANSIBLE_SSH_COMMON_ARGS="-F $PWD/.lab/devops/ssh_config"
  .lab/devops/net-enter node dist/tsplay.js run playbooks/region-merge.yml -i inventory/                  # again: changes nothing
  .lab/devops/net-enter node dist/tsplay.js run playbooks/region-merge.yml -i inventory/ --tags verify    # only the verification
  .lab/devops/net-enter node dist/tsplay.js exec ks 'supervisorctl status' -i inventory/                  # a command on a group
  node dist/tsplay.js runs show                                                                     # what the last run changed
  npm run lab -- ssh devops1a-dnsmaster0                                                            # onto a host
  npm run lab -- down
END
