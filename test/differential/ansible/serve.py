"""Runs playbooks with Ansible, each in a fork of one process that has loaded it: loading takes longer than most cases.

Reads a job a line from standard input, {"directory", "arguments", "environment", "output"}, and answers {"code"} when it is done.
`output` is the file that takes what Ansible prints. Settings from the environment that Ansible reads while it loads must be there from the start.
"""
import json
import os
import sys
import traceback

from ansible.cli.playbook import PlaybookCLI
from ansible.executor import playbook_executor, task_executor  # noqa: F401 (loaded once for all forks)
from ansible.plugins.action import command, copy  # noqa: F401
from ansible.plugins.strategy import free, linear  # noqa: F401


def perform(job):
    os.chdir(job['directory'])
    os.environ.update(job['environment'])
    redirect(os.devnull, os.O_RDONLY, 0)
    redirect(job['output'], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 1)
    os.dup2(1, 2)
    try:
        PlaybookCLI.cli_executor(['ansible-playbook'] + job['arguments'])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
        return 250
    return 0


def redirect(path, flags, descriptor):
    opened = os.open(path, flags, 0o600)
    os.dup2(opened, descriptor)
    os.close(opened)


def perform_in_fork(job):
    child = os.fork()
    if child == 0:
        code = perform(job)
        sys.stdout.flush()
        sys.stderr.flush()
        # Not sys.exit: what this process registered to clean up is its parent's.
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main():
    for line in sys.stdin:
        code = perform_in_fork(json.loads(line))
        sys.stdout.write(json.dumps({'code': code}) + '\n')
        sys.stdout.flush()


main()
