"""Server settings: many small transactions, few connections, no tuning by hand."""

import os
from pathlib import Path

_MB = 1024 * 1024
_SMALL_SHM = 512 * _MB


def machine_memory() -> int:
    """Bytes this process may use: the machine's, or the container's limit."""
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    limit = Path("/sys/fs/cgroup/memory.max")
    try:
        text = limit.read_text().strip()
    except OSError:
        return total
    return min(total, int(text)) if text.isdigit() else total


def options(*, durable: bool, memory: int) -> dict[str, str]:
    """The settings given on the command line of `postgres`."""
    chosen = {
        "listen_addresses": "",
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "shared_buffers": f"{max(32, min(memory // 4 // _MB, 1024))}MB",
        "effective_cache_size": f"{max(64, memory // 2 // _MB)}MB",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "jit": "off",
        "default_toast_compression": "pglz",
        "dynamic_shared_memory_type": _shared_memory(),
    }
    return chosen | (_lasting() if durable else _throwaway())


def _shared_memory() -> str:
    """Containers often give /dev/shm only 64 MB, too little for parallel queries."""
    try:
        shm = os.statvfs("/dev/shm")  # noqa: S108
    except OSError:
        return "mmap"
    return "posix" if shm.f_frsize * shm.f_blocks >= _SMALL_SHM else "mmap"


def _lasting() -> dict[str, str]:
    return {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "wal_compression": "pglz",
        "wal_buffers": "16MB",
        "min_wal_size": "256MB",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "10min",
        "random_page_cost": "1.1",
        "autovacuum_naptime": "20s",
        "autovacuum_vacuum_scale_factor": "0.05",
        "autovacuum_analyze_scale_factor": "0.05",
        "idle_in_transaction_session_timeout": "10min",
        "log_min_duration_statement": "2s",
        "log_lock_waits": "on",
        # a week of logs, each day's file overwritten a week later
        "logging_collector": "on",
        "log_directory": "../log",
        "log_filename": "server-%a.log",
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "log_truncate_on_rotation": "on",
    }


def _throwaway() -> dict[str, str]:
    return {
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "1h",
        "autovacuum": "off",
        "io_method": "sync",
        "shared_buffers": "128MB",
    }
