/** The gRPC service: {@code ondewo.sip.Sip} and what stands beside it, over the routes of {@code routes/sessions.yaml}. */
package io.github.camelvoice.gateway.grpc;
