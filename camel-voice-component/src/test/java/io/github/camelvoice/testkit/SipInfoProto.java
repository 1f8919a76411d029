package io.github.camelvoice.testkit;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.util.JsonFormat;

/** The SipInfo document as a protobuf message of the same shape, and protobuf's own reading of its JSON. */
public final class SipInfoProto {

    private static final Descriptor SIP_INFO = sipInfo();

    private SipInfoProto() {
    }

    /** @throws AssertionError if it is not proto3 JSON of a SipInfo */
    public static DynamicMessage parse(String json) {
        try {
            DynamicMessage.Builder parsed = DynamicMessage.newBuilder(SIP_INFO);
            JsonFormat.parser().merge(json, parsed);
            return parsed.build();
        } catch (InvalidProtocolBufferException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static Descriptor sipInfo() {
        DescriptorProto message = DescriptorProto.newBuilder().setName("SipMessage")
                .addField(field("offset_duration", 1, ".google.protobuf.Duration")).addField(field("source_ip", 2, Type.TYPE_STRING))
                .addField(field("source_port", 3, Type.TYPE_INT32)).addField(field("destination_ip", 4, Type.TYPE_STRING))
                .addField(field("destination_port", 5, Type.TYPE_INT32)).addField(field("method", 6, Type.TYPE_STRING))
                .addField(field("request_line", 7, Type.TYPE_STRING)).addField(field("data", 8, Type.TYPE_STRING)).build();
        DescriptorProto info = DescriptorProto.newBuilder().setName("SipInfo").addField(field("name", 1, Type.TYPE_STRING))
                .addField(field("start_time", 2, ".google.protobuf.Timestamp")).addField(field("end_time", 3, ".google.protobuf.Timestamp"))
                .addField(field("messages", 4, ".t.SipMessage").toBuilder().setLabel(Label.LABEL_REPEATED))
                .addField(field("sip_call_id", 5, Type.TYPE_STRING)).addField(field("pcap", 6, Type.TYPE_BYTES)).build();
        FileDescriptorProto file = FileDescriptorProto.newBuilder().setName("sip_info.proto").setSyntax("proto3").setPackage("t")
                .addDependency("google/protobuf/timestamp.proto").addDependency("google/protobuf/duration.proto")
                .addMessageType(message).addMessageType(info).build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[] {TimestampProto.getDescriptor(), DurationProto.getDescriptor()})
                    .findMessageTypeByName("SipInfo");
        } catch (com.google.protobuf.Descriptors.DescriptorValidationException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static FieldDescriptorProto field(String name, int number, Type type) {
        return FieldDescriptorProto.newBuilder().setName(name).setNumber(number).setType(type).setLabel(Label.LABEL_OPTIONAL).build();
    }

    private static FieldDescriptorProto field(String name, int number, String type) {
        return field(name, number, Type.TYPE_MESSAGE).toBuilder().setTypeName(type).build();
    }
}
