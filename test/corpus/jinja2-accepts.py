"""Reads a JSON list of [kind, text] on standard input; writes a list that has null for each text that Jinja2 parses as Ansible asks it to, else the error."""
import ast
import json
import re
import sys

from jinja2 import Environment
from jinja2.exceptions import TemplateSyntaxError

BASE = {'trim_blocks': True, 'extensions': ['jinja2.ext.do', 'jinja2.ext.loopcontrols']}
HEADER = '#jinja2:'
VARIABLE = re.compile(r'\{\{.*?\}\}', re.S)


def overrides(text):
    """The settings of a `#jinja2:` line, and the text below it."""
    if not text.startswith(HEADER):
        return {}, text
    line, body = text[len(HEADER):].split('\n', 1)
    pairs = (pair.split(':', 1) for pair in line.split(','))
    return {key.strip(): ast.literal_eval(value.strip()) for key, value in pairs}, body


def problem(kind, text):
    try:
        if kind == 'condition':
            Environment(**BASE).parse('{%% if %s %%}{%% endif %%}' % text)
        else:
            given, body = overrides(text)
            # Backslashes of strings in YAML are meant as they are.
            body = body if kind == 'file' else VARIABLE.sub(lambda match: match[0].replace('\\', '\\\\'), body)
            Environment(**{**BASE, **given}).parse(body)
    except (TemplateSyntaxError, ValueError, SyntaxError, TypeError, AssertionError) as error:
        return str(error) or type(error).__name__
    return None


json.dump([problem(kind, text) for kind, text in json.load(sys.stdin)], sys.stdout)
