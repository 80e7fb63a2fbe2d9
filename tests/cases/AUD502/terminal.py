"""A program of the command line ends with its pool."""

from multiprocessing import Pool

import click


@click.command()
def convert_all(files, convert):
    pool = Pool(4)
    print(pool.map(convert, files))
    pool.close()
