"""Clients of the clouds: what their factories give, what their paths and builders leave alone, their async twins."""

import boto3
import googleapiclient.discovery
from azure.mgmt.compute import ComputeManagementClient
from azure.mgmt.compute.aio import ComputeManagementClient as AsyncComputeManagementClient
from azure.storage.blob import BlobServiceClient
from azure.storage.blob.aio import BlobServiceClient as AsyncBlobServiceClient
from google import genai
from google.cloud import bigquery, pubsub_v1, run_v2, storage
from googleapiclient.discovery import build
from mypy_boto3_s3 import S3Client
from vertexai.generative_models import GenerativeModel


async def of_a_service(name, service):
    client = run_v2.ServicesClient()
    path = client.service_path("project", "here", name)
    found = client.get_service(name=path)  # AUD102
    operation = client.update_service(service=service)  # AUD102
    return found, operation.result(timeout=300)  # AUD102


async def of_a_service_and_not_waited_for(name):
    client = run_v2.ServicesAsyncClient()
    return await client.get_service(name=name)


async def of_an_interface():
    drive = build("drive", "v3")
    wanted = drive.files().list(pageSize=10)
    return wanted.execute()  # AUD102


async def of_an_interface_by_its_module():
    return googleapiclient.discovery.build("sqladmin", "v1").instances().list(project="one").execute()  # AUD102


async def of_a_bucket(data):
    bucket = storage.Client().bucket("things")
    blob = bucket.blob("one")
    blob.content_type = "text/plain"
    blob.upload_from_string(data)  # AUD102
    return bucket.get_iam_policy()  # AUD102


async def of_a_query(text):
    job = bigquery.Client().query(text)  # AUD102
    return job.result()  # AUD102


async def published(topic, data):
    publisher = pubsub_v1.PublisherClient()
    path = publisher.topic_path("project", topic)
    publisher.publish(path, data)


async def generated(text):
    client = genai.Client()
    chat = client.chats.create(model="gemini")
    chat.send_message(text)  # AUD102
    return await client.aio.models.generate_content(model="gemini", contents=text)


async def generated_by_vertex(text):
    model = GenerativeModel("gemini")
    chat = model.start_chat()
    chat.send_message(text)  # AUD102
    return await model.generate_content_async(text)


async def of_a_container(address, data):
    service = BlobServiceClient.from_connection_string(address)
    container = service.get_container_client("things")
    container.upload_blob("one", data)  # AUD102
    blob = service.get_blob_client("things", "one")
    return blob.url, blob.download_blob().readall()  # AUD102


async def of_a_container_and_not_waited_for(address, data):
    async with AsyncBlobServiceClient.from_connection_string(address) as service:
        container = service.get_container_client("things")
        await container.upload_blob("one", data)


async def of_machines(credential, group, name):
    client = ComputeManagementClient(credential, "subscription")
    starting = client.virtual_machines.begin_start(group, name)  # AUD102
    starting.wait()  # AUD102


async def of_machines_and_not_waited_for(credential, group, name):
    async with AsyncComputeManagementClient(credential, "subscription") as client:
        return await client.virtual_machines.get(group, name)


async def of_resources():
    things = boto3.resource("s3").Bucket("things")
    things.upload_file("one", "two")  # AUD102
    for one in things.objects.filter(Prefix="a"):  # AUD102
        print(one.key)


async def of_a_table(key):
    table = boto3.resource("dynamodb").Table("things")
    return table.get_item(Key=key)  # AUD102


async def of_pages(client: S3Client):
    client.put_object(Bucket="things", Key="one")  # AUD102
    return client.generate_presigned_url("get_object")


async def of_all_pages():
    client = boto3.client("s3")
    paginator = client.get_paginator("list_objects_v2")
    for page in paginator.paginate(Bucket="things"):  # AUD102
        print(page)
