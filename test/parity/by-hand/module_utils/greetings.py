def greeting(name, loud=False):
    text = 'hello %s' % name
    return text.upper() if loud else text
