"""What Prometheus reads of sockets."""

from prometheus_client import Counter, Gauge

from connective.kit.metrics import registry

sockets = Gauge("connective_sockets", "Open sockets", registry=registry)
sent = Counter("connective_socket_frames", "Frames written to sockets", registry=registry)
cut_off = Counter("connective_socket_cut_offs", "Sockets ended by us", ["why"], registry=registry)
