import { JOBS } from './jobs.ts'
import { LOADING } from './loading.ts'
import { PERFORMING } from './performing.ts'
import { SERVING } from './serving.ts'
import { STORE } from './store.ts'

/**
 * The program that waits on a host for Python modules to run, in Python 3.5 or later. It reads requests from its standard input and answers on its
 * standard output; both are lengths in decimal, a line end, and as many bytes of JSON. It forks for each task and never imports anything of Ansible
 * itself, so that tasks share nothing but compiled code. What it says begins with the token.
 */
export function supervisorProgram(token: string): string {
  return [IMPORTS, `TOKEN = '${token}'`, LOADING, STORE, SERVING, PERFORMING, JOBS, 'Supervisor().serve()\n'].join('\n')
}

const IMPORTS = 'import atexit, base64, errno, hashlib, importlib, importlib.abc, importlib.machinery, io, json, os, runpy, select, signal, stat, sys, tempfile, threading, time, traceback, zipfile, zlib'
