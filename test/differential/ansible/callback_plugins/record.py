"""Writes what happens in a run as lines of JSON to the file that DIFFERENTIAL_RECORD names."""
import json
import os

from ansible.parsing.ajson import AnsibleJSONEncoder
from ansible.plugins.callback import CallbackBase

DOCUMENTATION = '''
name: record
type: aggregate
short_description: records results as JSON lines
description: Records results as JSON lines.
'''


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = 'aggregate'
    CALLBACK_NAME = 'record'

    def __init__(self):
        super().__init__()
        self.file = open(os.environ['DIFFERENTIAL_RECORD'], 'w')
        self.play = ''
        self.names = {}

    def write(self, **entry):
        self.file.write(json.dumps(entry, cls=AnsibleJSONEncoder, sort_keys=False, skipkeys=True) + '\n')
        self.file.flush()

    def v2_playbook_on_play_start(self, play):
        self.play = play.get_name().strip()
        self.write(kind='play', play=self.play)

    def v2_playbook_on_task_start(self, task, is_conditional):
        self.names[task._uuid] = task.get_name()

    def v2_playbook_on_handler_task_start(self, task):
        self.names[task._uuid] = task.get_name()

    def v2_playbook_on_stats(self, stats):
        hosts = sorted(stats.processed.keys())
        self.write(kind='recap', recap={host: stats.summarize(host) for host in hosts}, custom=stats.custom)

    def v2_runner_on_ok(self, result):
        self.ended('host', result, 'changed' if result._result.get('changed') else 'ok')

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self.ended('host', result, 'failed', ignored=ignore_errors)

    def v2_runner_on_skipped(self, result):
        self.ended('host', result, 'skipped')

    def v2_runner_on_unreachable(self, result):
        self.ended('host', result, 'unreachable', ignored=bool(result._task.ignore_unreachable))

    def v2_runner_item_on_ok(self, result):
        self.ended('item', result, 'changed' if result._result.get('changed') else 'ok')

    def v2_runner_item_on_failed(self, result):
        self.ended('item', result, 'failed')

    def v2_runner_item_on_skipped(self, result):
        self.ended('item', result, 'skipped')

    def v2_runner_retry(self, result):
        self.ended('retry', result, 'failed')

    def ended(self, kind, result, status, ignored=False):
        self.write(kind=kind, play=self.play, task=self.name(result._task), action=result._task.action, uuid=result._task._uuid, host=result._host.get_name(),
                   status=status, ignored=bool(ignored), result=result._result)

    def name(self, task):
        return self.names.get(task._uuid) or task.get_name()
