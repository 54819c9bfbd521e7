# What PEP 508's markers may ask for, as the host's CPython answers on a system.
{ platform, python }:
{
  extra = "";
  implementation_name = "cpython";
  implementation_version = python.version;
  os_name = "posix";
  platform_machine =
    if platform.isDarwin && platform.isAarch64 then "arm64" else platform.parsed.cpu.name;
  platform_python_implementation = "CPython";
  platform_release = "";
  platform_system = if platform.isDarwin then "Darwin" else "Linux";
  platform_version = "";
  python_full_version = python.version;
  python_version = python.pythonVersion;
  sys_platform = if platform.isDarwin then "darwin" else "linux";
}
