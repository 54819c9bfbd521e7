"""The manual page, alcatraz(1), written from the tasks themselves: python -m alcatraz.manual

Source: https://man7.org/linux/man-pages/man7/man.7.html
"""

from __future__ import annotations

from alcatraz import __version__
from alcatraz.tasks import namespace

__all__ = ["page"]


def page() -> str:
    """The page in the language of man(7)."""
    lines = [
        f'.TH ALCATRAZ 1 "" "Alcatraz {__version__}" "User Commands"',
        ".SH NAME",
        r"alcatraz \- a Pelican blog, built sealed",
        ".SH SYNOPSIS",
        r".B alcatraz",
        r"[\fB\-\-blog\fR=\fINAME\fR] \fITASK\fR [\fB\-\-flag\fR ...]",
        ".SH DESCRIPTION",
        "Runs a task for the blog in this folder, or in the nearest folder above it that has a pelicanconf.py;",
        r"with \fB\-\-blog\fR for the one of that name, from any folder.",
        ".SH TASKS",
    ]
    collection = namespace()
    for name in sorted(collection.task_names):
        task = collection[name]
        lines += [".SS", rf"\fB{_text(collection.transform(name))}\fR", _text(task.__doc__ or "")]
        for argument in task.get_arguments():
            flag = ("no-" if argument.default is True else "") + argument.name.replace("_", "-")
            value = "" if argument.kind is bool else rf"=\fI{flag.upper()}\fR"
            shown = rf"\fI{flag.upper()}\fR" if argument.positional else rf"\fB\-\-{_text(flag)}\fR{value}"
            lines += [".TP", shown, _text(argument.help or "")]
    lines += [
        ".SH ENVIRONMENT",
        ".TP",
        "SOURCE_DATE_EPOCH",
        "The moment a build is for, in seconds, where no \\-\\-now is given.",
        ".TP",
        "EDITOR, VISUAL",
        "The program that new opens a post with.",
        ".TP",
        "CI",
        "Where it is set, every finding is final, as with \\-\\-strict.",
        ".TP",
        "LISTEN_FDS, LISTEN_PID",
        "The socket that serve takes instead of opening one: sd_listen_fds(3).",
        ".SH FILES",
        ".TP",
        "$XDG_CONFIG_HOME/alcatraz/config.toml, or ~/.config/alcatraz/config.toml",
        r"What you say once for all of your blogs: \fBauthor\fR, whom init names in a new one, \fBeditor\fR, for where neither EDITOR nor",
        r"VISUAL is set, and for each name a table \fB[blogs.NAME]\fR with its \fBdirectory\fR and, where it is not",
        r"the launcher there, the \fBprogram\fR that works on it.",
        ".SH EXIT STATUS",
        "0 where all went well; 1 where something was found, or could not be done, and one sentence says what;",
        "75 where it failed of something that may pass, as the network, and is to be tried again.",
        ".SH SEE ALSO",
        ".BR pelican (1)",
    ]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    """Words that man(7) takes as they are: no line begins with a dot, and a hyphen stays one."""
    words = " ".join(text.split()).replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{words}" if words.startswith((".", "'")) else words


if __name__ == "__main__":
    print(page(), end="")
