package io.github.camelvoice.gateway.grpc;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Services whose requests are refused where their bytes are no message: gRPC alone would call that a mistake of the server, and log it each time. */
final class Readable {

    private Readable() {
    }

    static ServerServiceDefinition of(BindableService service) {
        ServerServiceDefinition plain = service.bindService();
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(plain.getServiceDescriptor().getName())
                .setSchemaDescriptor(plain.getServiceDescriptor().getSchemaDescriptor());
        List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
        for (ServerMethodDefinition<?, ?> each : plain.getMethods()) {
            ServerMethodDefinition<?, ?> method = readable(each);
            methods.add(method);
            descriptor.addMethod(method.getMethodDescriptor());
        }
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(definition::addMethod);
        return definition.build();
    }

    private static <Q, A> ServerMethodDefinition<Q, A> readable(ServerMethodDefinition<Q, A> method) {
        MethodDescriptor<Q, A> plain = method.getMethodDescriptor();
        return ServerMethodDefinition.create(plain.toBuilder(new Careful<>((MethodDescriptor.PrototypeMarshaller<Q>) plain.getRequestMarshaller()),
                plain.getResponseMarshaller()).build(), method.getServerCallHandler());
    }

    /** Reads messages; the call of what is none is refused. */
    private record Careful<Q>(MethodDescriptor.PrototypeMarshaller<Q> plain) implements MethodDescriptor.PrototypeMarshaller<Q> {

        @Override
        public InputStream stream(Q message) {
            return plain.stream(message);
        }

        @Override
        public Q parse(InputStream bytes) {
            try {
                return plain.parse(bytes);
            } catch (RuntimeException unreadable) {
                Streams.Stream stream = Streams.CURRENT.get();
                if (stream == null) {
                    throw unreadable;
                }
                stream.refuse(Status.INVALID_ARGUMENT.withDescription("the request is no message of this method"));
                return plain.getMessagePrototype();
            }
        }

        @Override
        public Q getMessagePrototype() {
            return plain.getMessagePrototype();
        }

        @Override
        public Class<Q> getMessageClass() {
            return plain.getMessageClass();
        }
    }
}
