"""What the stand-ins for the platform's commands share: settings files, variables, node groups."""
import os
import re
import shlex

import yaml

CONF = os.environ.get('PITRIX_CONF', '/pitrix/conf')
NAMED_ROLES = ('seed vbr snapshot proxy dnsmaster dnsslave webservice zookeeper zoocassa pgpool vdi eipctl boss'
               ' pgmaster pgslave pgalone vgateway').split()


def variables():
    with open(f'{CONF}/variables/variables.yaml') as stream:
        return yaml.safe_load(stream)


def read_settings(path):
    found = {}
    with open(path) as stream:
        for number, line in enumerate(stream, 1):
            line = line.strip()
            if not line or line.startswith('#'):
                continue
            match = re.fullmatch(r'([A-Za-z_][A-Za-z0-9_]*)=(.*)', line)
            if not match:
                raise SystemExit(f'{path}:{number}: not an assignment')
            found[match[1]] = ' '.join(shlex.split(match[2], comments=True))
    return found


def settings():
    folder = f'{CONF}/settings'
    return {name: read_settings(f'{folder}/{name}') for name in sorted(os.listdir(folder), key=natural)}


def natural(name):
    return [int(part) if part.isdigit() else part for part in re.split(r'(\d+)', name)]


def zone_of(name, node):
    """An empty zone_id is taken from the hostname's prefix."""
    if node.get('zone_id'):
        return node['zone_id']
    ids = variables()['common']['zone_ids']
    return next((zone for zone in ids if name.startswith(zone)), '')


def roles(node):
    return [role.strip() for role in node.get('role', '').split(',')]


def ntp_addresses(values):
    sections = [section for section in values.values() if isinstance(section, dict)]
    return {word for section in sections for key, value in section.items()
            if re.fullmatch(r'ntp_.*_address', key) for word in str(value).split()}


def groups():
    """Group name -> node names, and the same for each zone once the platform is a region."""
    values, nodes = variables(), settings()
    ntp = ntp_addresses(values)
    rules = group_rules(ntp)
    found = {group: [name for name, node in nodes.items() if rule(node)] for group, rule in rules.items()}
    if str(values['common'].get('is_region')) != '1':
        return found
    zones = values['common']['zone_ids']
    by_zone = {f'{zone}-{group}': [name for name in names if zone_of(name, nodes[name]) == zone]
               for zone in zones for group, names in found.items()}
    return {**found, **by_zone}


def group_rules(ntp):
    virtual = lambda node: bool(node.get('physical_host_network_interface'))
    hyper = lambda node: node.get('feature_hypernode') == 'on'
    gateway = lambda node: 'vgateway' in roles(node)
    any_role = lambda *wanted: lambda node: any(role in wanted for role in roles(node))
    rules = {
        'all': lambda node: True,
        'phy': lambda node: not virtual(node),
        'vm': virtual,
        'hyper': hyper,
        'vg': gateway,
        'ks': lambda node: not hyper(node) and not gateway(node),
        'ks-phy': lambda node: not hyper(node) and not gateway(node) and not virtual(node),
        'ks-vm': lambda node: not hyper(node) and not gateway(node) and virtual(node),
        'ks-bm': lambda node: not hyper(node) and not gateway(node) and bool(node.get('bm_ipmi_network_interface')),
        'non-ks': lambda node: hyper(node) or gateway(node),
        'non-vg': lambda node: not gateway(node),
        'non-vg-phy': lambda node: not gateway(node) and not virtual(node),
        'non-hyper': lambda node: not hyper(node),
        'non-hyper-phy': lambda node: not hyper(node) and not virtual(node),
        'pgserver': any_role('pgserver', 'pgmaster', 'pgslave'),
        'dns': any_role('dnsmaster', 'dnsslave'),
        'bm': any_role('bm', 'swctl'),
        'ntp': lambda node: node.get('mgmt_network_address') in ntp,
        'non-ntp': lambda node: node.get('mgmt_network_address') not in ntp,
    }
    for mode in ('local', 'pair', 'repl', 'sanc'):
        rules[f'hyper-{mode}'] = lambda node, mode=mode: hyper(node) and node.get('container_mode') == mode
    for role in NAMED_ROLES:
        rules[role] = any_role(role)
    return rules
