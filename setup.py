"""What the pre-commit hooks install: nothing but the binary package of this version. The package itself is built by
packaging/pypi."""

from setuptools import setup

setup(name="aslkit-pre-commit", version="0.1.0", packages=[], py_modules=[], install_requires=["aslkit==0.1.0"])
