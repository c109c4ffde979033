import { describe, expect, it } from 'vitest'
import { importsOf } from '../../src/own/python/imports.ts'

function found(source: string, { name = 'ansible.modules.m', isPackage = false } = {}): readonly string[] {
  return importsOf({ name: name.split('.'), isPackage, source }).map((one) => `${one.name.join('.')}${one.isOptional ? '?' : ''}`)
}

describe('imports of a Python file', () => {
  it.each([
    ['import ansible.module_utils.basic', ['ansible.module_utils.basic']],
    ['import os, ansible.module_utils.urls as u, json', ['ansible.module_utils.urls']],
    ['from ansible.module_utils.basic import AnsibleModule, env_fallback as e', ['ansible.module_utils.basic.AnsibleModule', 'ansible.module_utils.basic.env_fallback']],
    ['from ansible.module_utils.basic import (  # noqa\n    A,\n    B,  # two\n)\n', ['ansible.module_utils.basic.A', 'ansible.module_utils.basic.B']],
    ['from ansible.module_utils.basic \\\n  import *', ['ansible.module_utils.basic.*']],
    ['from ansible_collections.a.b.plugins.module_utils.c import d', ['ansible_collections.a.b.plugins.module_utils.c.d']],
    ['from ansible_collections.a.b.plugins.lookup import d', []],
    ['try:\n    from ansible.module_utils import x\nexcept ImportError:\n    pass', ['ansible.module_utils.x?']],
    ['try: import ansible.module_utils.x\nexcept ImportError: pass', ['ansible.module_utils.x?']],
    ['if True: from ansible.module_utils import x', ['ansible.module_utils.x?']],
    ['import os; from ansible.module_utils import x', ['ansible.module_utils.x?']],
    ['"""\nfrom ansible.module_utils import x\n"""\nY = r\'\\\'; from ansible.module_utils import q\'', []],
    ["s = 'it''s'; t = f\"{'a'}\"\nimport ansible.module_utils.z", ['ansible.module_utils.z']],
    ['# from ansible.module_utils import x', []],
    ['from ansible import constants', []],
  ])('%j', (source, names) => {
    expect(found(source)).toEqual(names)
  })

  it('are relative to the module, or to the package', () => {
    const name = 'ansible_collections.a.b.plugins.module_utils.sub.m'
    expect(found('from . import x\nfrom ..y import z', { name })).toEqual(['ansible_collections.a.b.plugins.module_utils.sub.x', 'ansible_collections.a.b.plugins.module_utils.y.z'])
    expect(found('from . import x', { name, isPackage: true })).toEqual([`${name}.x`])
    expect(found('from ..module_utils.c import d', { name: 'ansible_collections.a.b.plugins.modules.m' })).toEqual(['ansible_collections.a.b.plugins.module_utils.c.d'])
  })
})
