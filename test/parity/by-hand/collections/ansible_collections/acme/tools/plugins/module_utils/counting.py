from ansible.module_utils.six import text_type


def counted(words):
    return {text_type(word): words.count(word) for word in sorted(set(words))}
